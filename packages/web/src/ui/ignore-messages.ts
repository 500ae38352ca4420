/** Keeps a dialog open when a message beside it is clicked: messages lie over every dialog, and their Undo is for the page. */
export function ignoreMessages(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]')) event.preventDefault();
}
