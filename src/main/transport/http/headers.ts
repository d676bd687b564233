import { contentSecurityPolicy } from '#main/security/csp.ts';

/** A kiosk reads codes with its camera. */
export const kioskPermissions = 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()';

/** On every answer. `styleNonce` is of this answer alone. */
export const securityHeaders = (styleNonce: string, secure: boolean): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy({ styleNonce, connect: 'self' }),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
  ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
});
