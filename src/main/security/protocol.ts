import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { appScheme, assetOf } from './app-url.ts';
import { contentSecurityPolicy, withStyleNonce } from './csp.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Must run before Electron is ready. `standard` and `secure` make it an origin of its own; it bypasses nothing. */
export const registerAppScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);

const headers = (type: string, styleNonce: string) => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy({ styleNonce, connect: 'none' }),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

const refuse = (status: number) =>
  new Response(null, { status, headers: { 'content-security-policy': "default-src 'none'" } });

const answer = async (address: string, root: string, stoppedPage: () => string): Promise<Response> => {
  const asset = assetOf(address, root);
  if (asset === null) return refuse(404);
  const styleNonce = randomBytes(16).toString('base64');
  if (asset.kind === 'file') {
    const type = types[extname(asset.path).toLowerCase()];
    if (type === undefined) return refuse(404);
    return new Response(await readFile(asset.path), { headers: headers(type, styleNonce) });
  }
  const html = asset.kind === 'stopped' ? stoppedPage() : await readFile(join(root, 'index.html'), 'utf8');
  return new Response(withStyleNonce(html, styleNonce), {
    headers: headers('text/html; charset=utf-8', styleNonce),
  });
};

/** Serves `app://clinichub` from the folder `root`, reading only, every answer under the content security policy. */
export const serveApp = (root: string, stoppedPage: () => string): void =>
  protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    try {
      return await answer(request.url, root, stoppedPage);
    } catch {
      return refuse(404);
    }
  });
