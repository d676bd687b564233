import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWholePdf, typeOfContent } from './content.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test('a file is what its first bytes say', () => {
  expect(typeOfContent(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg');
  expect(typeOfContent(bytes('\x89PNG\r\n\x1a\n'))).toBe('image/png');
  expect(typeOfContent(bytes('RIFF\x00\x00\x00\x00WEBPVP8 '))).toBe('image/webp');
  expect(typeOfContent(bytes('%PDF-1.7'))).toBe('application/pdf');
  expect(typeOfContent(bytes('\r\n%PDF-1.4'))).toBe('application/pdf');
  for (const other of ['', 'GIF89a', 'MZ', '<svg>', 'RIFF\x00\x00\x00\x00WAVE', 'PK\x03\x04', '<html>'])
    expect(typeOfContent(bytes(other)), other).toBeNull();
});

test('a PDF is whole when it ends as one and its table lies inside', () => {
  expect(isWholePdf(bytes('startxref\n120\n%%EOF\n'), 200)).toBe(true);
  expect(isWholePdf(bytes('startxref\r\n120\r\n%%EOF'), 200)).toBe(true);
  expect(isWholePdf(bytes('startxref\n120\n%%EOF\n\0\0'), 200)).toBe(true);
  expect(isWholePdf(bytes('startxref\n200\n%%EOF\n'), 200)).toBe(false);
  expect(isWholePdf(bytes('startxref\n120\n'), 200)).toBe(false);
  expect(isWholePdf(bytes(''), 200)).toBe(false);
});

test('a PDF that is cut anywhere before its last mark is not whole', () => {
  const whole = bytes(`%PDF-1.7\n${'x'.repeat(100)}\nstartxref\n9\n%%EOF\n`);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 2 }), (end) => {
      expect(isWholePdf(whole.subarray(0, end), end)).toBe(false);
    }),
  );
});

test('any bytes are one of the types or none', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (some) => void typeOfContent(some)));
});
