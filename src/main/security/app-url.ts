import { isAbsolute, join, relative, sep } from 'node:path';

/** The scheme and host of the desktop's own pages: `app://clinichub/...`. */
export const appScheme = 'app';
const appHost = 'clinichub';
export const appOrigin = `${appScheme}://${appHost}`;

/** The page shown after the screens' process has died. It is made here, not read from a file. */
export const stoppedPath = '/stopped';

const parsed = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    return null;
  }
};

/** Whether `address` is one of our own pages: our scheme, our host, nothing hidden in user, password or port. */
export const isAppAddress = (address: string): boolean => {
  const url = parsed(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.hostname === appHost &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
};

/** What an address of ours asks for. `page` is `index.html`: the screens read the path themselves. */
export type Asset =
  | { readonly kind: 'page' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'file'; readonly path: string };

const hasExtension = /\.[a-z0-9]+$/i;

/**
 * The asset behind `address`, or null when it is not ours or would leave `root`, however the way out is written
 * (`..`, `%2e%2e%2f`, a backslash, a drive, a NUL).
 */
export const assetOf = (address: string, root: string): Asset | null => {
  const url = parsed(address);
  if (url === null || !isAppAddress(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (/[\\\0]/.test(path) || path.split('/').includes('..')) return null;
  if (path === stoppedPath) return { kind: 'stopped' };
  if (!hasExtension.test(path) || path === '/index.html') return { kind: 'page' };
  const file = join(root, path);
  const inside = relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
  return { kind: 'file', path: file };
};
