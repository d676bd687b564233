import type { Language } from '#shared/i18n/languages.ts';
import { unloaded } from '#shared/i18n/unloaded.ts';

/** Says in `root` that what the page consists of did not come, and how to ask for it again. */
export function showUnloaded(root: HTMLElement, language: Language): void {
  const { text, again } = unloaded[language];
  const main = document.createElement('main');
  main.className = 'unloaded';
  main.lang = language;
  const words = document.createElement('p');
  words.setAttribute('role', 'alert');
  words.textContent = text;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = again;
  button.addEventListener('click', () => window.location.reload());
  main.append(words, button);
  root.replaceChildren(main);
}
