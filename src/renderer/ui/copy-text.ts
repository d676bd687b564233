/** Copies what `element` shows, as somebody does who selects it: the clipboard itself is closed to pages. False when the system took nothing. */
export const copyShown = (element: HTMLElement): boolean => {
  const selection = window.getSelection();
  if (selection === null) return false;
  selection.selectAllChildren(element);
  const taken = document.execCommand('copy');
  selection.removeAllRanges();
  return taken;
};
