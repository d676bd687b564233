import { expect, test } from 'vitest';
import { contentSecurityPolicy, styleNoncePlaceholder, withStyleNonce } from './csp.ts';

const directives = (policy: string) =>
  new Map(
    policy.split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ');
      return [name, values] as const;
    }),
  );

test('nothing is allowed but what is listed', () => {
  const policy = directives(contentSecurityPolicy({ styleNonce: 'n', connect: 'none' }));
  expect(policy.get('default-src')).toEqual(["'none'"]);
  for (const closed of ['base-uri', 'form-action', 'frame-ancestors', 'connect-src']) {
    expect(policy.get(closed), closed).toEqual(["'none'"]);
  }
});

test('scripts come from our own files only', () => {
  for (const connect of ['self', 'none'] as const) {
    const policy = contentSecurityPolicy({ styleNonce: 'n', connect });
    expect(directives(policy).get('script-src')).toEqual(["'self'"]);
    expect(policy).not.toMatch(/unsafe|\*|http:|https:/);
  }
});

test('the headless host may be talked to, and nobody else', () => {
  const policy = directives(contentSecurityPolicy({ styleNonce: 'n', connect: 'self' }));
  expect(policy.get('connect-src')).toEqual(["'self'"]);
});

test('every place meant for the nonce gets it', () => {
  const html = `<style nonce="${styleNoncePlaceholder}"></style><meta nonce="${styleNoncePlaceholder}">`;
  expect(withStyleNonce(html, 'abc')).toBe('<style nonce="abc"></style><meta nonce="abc">');
});
