// Seconds of the whole book against tracks and chapters.

/** Which track holds second `at` of the book, and the second within it. */
export function trackAt(tracks, at) {
  const index = tracks.findLastIndex((track) => track.begin <= at + 0.001);
  const track = Math.max(0, index);
  return { track, offset: Math.max(0, at - tracks[track].begin) };
}

export function chapterAt(chapters, at) {
  return Math.max(0, chapters.findLastIndex((chapter) => chapter.begin <= at + 0.001));
}

/** `1:05:09` or `5:09`. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
