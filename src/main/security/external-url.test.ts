import { expect, test } from 'vitest';
import { externalAddress } from './external-url.ts';

test.each(['https://example.org/a?b=c', 'mailto:desk@clinic.example?subject=Hello'])(
  '%s may be opened',
  (address) => {
    expect(externalAddress(address)).toBe(address);
  },
);

test.each([
  'http://example.org/',
  'HTTP://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-msdt:/id PCWDiagnostic',
  'vbscript:x',
  '\\\\server\\share',
  'https://clinic.example:secret@evil.example/',
  'https://clinic.example@evil.example/',
  'not an address',
  '',
])('%s is not opened', (address) => {
  expect(externalAddress(address)).toBeNull();
});

test('what is opened is what was checked', () => {
  expect(externalAddress('\thttps://example.org/\n')).toBe('https://example.org/');
});
