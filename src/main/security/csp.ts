/**
 * Stands in the built `index.html` where each answer puts a fresh nonce. Component libraries write `<style>`
 * elements at run time; only those that carry the nonce of this very page are obeyed.
 */
export const styleNoncePlaceholder = 'CLINICHUB_STYLE_NONCE';

/** What differs between the hosts' pages. */
export interface PagePolicy {
  /** Of this answer only; random. */
  readonly styleNonce: string;
  /** Whether the page may talk to its own origin: yes behind HTTP, no in the desktop, whose calls go over IPC. */
  readonly connect: 'self' | 'none';
}

/**
 * The Content-Security-Policy of every page of ours: nothing but what is listed, scripts from our own files only,
 * no inline script, no frame, no form target, no base.
 */
export const contentSecurityPolicy = ({ styleNonce, connect }: PagePolicy): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src '${connect}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** `html` as built, with the nonce of this answer in every place meant for it. */
export const withStyleNonce = (html: string, styleNonce: string): string =>
  html.replaceAll(styleNoncePlaceholder, styleNonce);
