// A new object that saves itself just as somebody presses "Publish" would be there twice, or its address taken: the
// press waits until the answer has come, which makes the form that of the object.
const form = document.querySelector("form[data-edit-form]");
let isSaving = false;
let pressed = null;

function ended() {
  isSaving = false;
  if (!pressed) return;
  const button = pressed;
  pressed = null;
  button.disabled = false; // a button that shows progress would leave its own name out
  form.requestSubmit(button);
}

form?.addEventListener("w-autosave:save", (event) => {
  isSaving = true;
  queueMicrotask(() => {
    if (event.defaultPrevented) isSaving = false;
  });
});
for (const name of ["w-autosave:success", "w-autosave:error"]) form?.addEventListener(name, ended);
form?.addEventListener(
  "submit",
  (event) => {
    if (!isSaving || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
  },
  true,
);
