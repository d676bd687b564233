import { spawn } from 'node:child_process';

const opener = (): readonly [program: string, ...args: string[]] | null => {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
};

/** Shows a page in the person's browser, where there is one. Never fails: the address is on the terminal as well. */
export const openBrowser = (url: string): void => {
  const found = opener();
  if (found === null) return;
  const [program, ...args] = found;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
};
