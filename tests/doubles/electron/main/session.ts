import type Electron from 'electron';

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;

const asked: { request: RequestHandler; check: CheckHandler } = { request: null, check: null };
const before: { urls: readonly RegExp[]; listener: BeforeRequest | null } = { urls: [], listener: null };

/** A match pattern of Chromium (`https://x/*`) as a regular expression. */
const patternOf = (urls: string): RegExp =>
  new RegExp(`^${urls.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

export const defaultSession = {
  setPermissionRequestHandler: (handler: RequestHandler): void => {
    asked.request = handler;
  },
  setPermissionCheckHandler: (handler: CheckHandler): void => {
    asked.check = handler;
  },
  setDevicePermissionHandler: (): void => undefined,
  setDisplayMediaRequestHandler: (): void => undefined,
  webRequest: {
    onBeforeRequest: (filter: Electron.WebRequestFilter, listener: BeforeRequest): void => {
      before.urls = filter.urls.map(patternOf);
      before.listener = listener;
    },
  },
};

/** What main's handlers answer when a page of `contents` wants `permission`. Without handlers Electron allows. */
export const askPermission = async (contents: Electron.WebContents, permission: string) => {
  const name = permission as Parameters<NonNullable<RequestHandler>>[1];
  const granted = await new Promise<boolean>((resolve) => {
    if (asked.request === null) resolve(true);
    else asked.request(contents, name, resolve, { isMainFrame: true, requestingUrl: contents.getURL() });
  });
  const details = {
    isMainFrame: true,
    requestingUrl: contents.getURL(),
  } as Electron.PermissionCheckHandlerHandlerDetails;
  const checked = asked.check?.(contents, name as never, contents.getURL(), details) ?? true;
  return { granted, checked };
};

/** Whether main cancels a request for `url`. */
export const askBeforeRequest = (url: string): Promise<boolean> => {
  const { listener } = before;
  if (listener === null || !before.urls.some((pattern) => pattern.test(url))) return Promise.resolve(false);
  return new Promise((resolve) => {
    listener({ url } as Electron.OnBeforeRequestListenerDetails, (response) =>
      resolve(response.cancel === true),
    );
  });
};
