import { type MenuItemConstructorOptions as Item, Menu } from 'electron';
import type { Catalogue } from '#shared/i18n/english.ts';

type Words = Catalogue['shell']['menu'];

const separator: Item = { type: 'separator' };

/** The first menu: macOS gives a product one of its own, elsewhere it is where people look for Quit. */
const first = (words: Words): Item =>
  process.platform === 'darwin'
    ? { role: 'appMenu' }
    : { label: words.file, submenu: [{ role: 'quit', label: words.quit }] };

const edit = (words: Words): Item => ({
  label: words.edit,
  submenu: [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    separator,
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'selectAll', label: words.selectAll },
  ],
});

const developerTools: readonly Item[] = [{ role: 'toggleDevTools' }];

const view = (words: Words, development: boolean): Item => ({
  label: words.view,
  submenu: [
    { role: 'reload', label: words.reload },
    ...(development ? developerTools : []),
    separator,
    { role: 'resetZoom', label: words.actualSize },
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    { role: 'togglefullscreen', label: words.fullScreen },
  ],
});

/** Sets the menu of every window: roles only, so every item does what the system's users know. */
export const setMenu = (words: Words, development: boolean): void => {
  const window: Item = { label: words.window, submenu: [{ role: 'minimize', label: words.minimize }] };
  const template = [first(words), edit(words), view(words, development), window];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};
