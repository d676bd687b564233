import type { Session } from 'electron';

/** Addresses with which a page could reach something else than our own `app://` and `blob:`. */
const elsewhere = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'];

/**
 * Pages get no camera, microphone, place, notification, device, clipboard reading or anything else that is asked
 * for, and no network: what they need comes from main. Denying is the rule; an exception would be written here.
 */
export const denyEverything = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.webRequest.onBeforeRequest({ urls: elsewhere }, (_details, callback) => callback({ cancel: true }));
};
