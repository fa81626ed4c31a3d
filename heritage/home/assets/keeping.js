// What the service worker keeps and what it never does.
export const PAGES = "heritage-pages";
const PRIVATE = [/^\/admin(\/|$)/, /^\/documents\//, /^\/(vi|en)\/(tai-khoan|account)(\/|$)/, /^\/styleguide\//];

/** Whether pages below this path may belong to one person. */
export function isPrivatePath(pathname) {
  return PRIVATE.some((pattern) => pattern.test(pathname));
}

/** Whether the server marked the answer as somebody's own (RFC 9111, section 5.2.2). */
export function isPrivateResponse(response) {
  return /\b(private|no-store)\b/i.test(response.headers.get("Cache-Control") ?? "");
}

/** The offline page in the language of the address that could not be had. */
export function offlineAddress(pathname) {
  return `/offline/?lang=${pathname.startsWith("/en/") ? "en" : "vi"}`;
}
