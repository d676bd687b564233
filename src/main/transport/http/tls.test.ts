import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import { type HttpHost, startHttpHost } from './server.ts';

/** A certificate for localhost that nobody trusts, made for this test. */
const cert = `
-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUKCFC63vPy/y3FRt7mWjyP2XePb8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE2NTY1MFoYDzIxMjYxMDMw
MTY1NjUwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQcYqc9SJ4EWh/MGdN932ftzbydENCzb1wCIK6s6zYtbHEOb8n6qozB
Radb5X3Jpvi0YZAIr0bd+dMWPVKrvV/jo1MwUTAdBgNVHQ4EFgQU7RNbfexUf+y3
wihNM04aAC3zsNkwHwYDVR0jBBgwFoAU7RNbfexUf+y3wihNM04aAC3zsNkwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAgqlHw5W1GTc5RLaiWF2L
o/fTatz3cFojNsYK584MO4MCIQCfqGBTYuOpMGQQiHxxQ+Hp/V4clVYsDHOeDNTg
ki018g==
-----END CERTIFICATE-----
`;
const key = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjUPao6qghREviXEw
slmzfKl7exEF4lDlieAcHZ7m97ahRANCAAQcYqc9SJ4EWh/MGdN932ftzbydENCz
b1wCIK6s6zYtbHEOb8n6qozBRadb5X3Jpvi0YZAIr0bd+dMWPVKrvV/j
-----END PRIVATE KEY-----
`;

let clinic: Clinic;
let host: HttpHost;
beforeEach(async () => {
  clinic = openClinic({ empty: true });
  host = await startHttpHost({
    core: clinic.core,
    clock: clinic.clock,
    log: { info: () => undefined, error: () => undefined },
    pages: '/none',
    address: '0.0.0.0',
    port: 0,
    tls: { cert: cert.trim(), key: key.trim() },
  });
});
afterEach(async () => {
  await host.close();
  await clinic.close();
});

const ask = (headers: Record<string, string>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(host.url);
    const options = { host: '127.0.0.1', port, path: '/rpc/session.current', method: 'POST', ca: cert };
    const all = { 'content-type': 'application/json', 'x-clinichub': '1', ...headers };
    const asked = request({
      ...options,
      headers: all,
      servername: 'localhost',
      checkServerIdentity: () => undefined,
    });
    asked.on('response', (response) => resolve(response.resume())).on('error', reject);
    asked.end('{}');
  });

it('on the network speaks TLS, keeps the cookie to it and answers to the clinic\u2019s own name', async () => {
  expect(host.url).toMatch(/^https:/);
  const answer = await ask({ host: 'desk.clinic.example', origin: 'https://desk.clinic.example' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  expect(answer.headers['set-cookie']).toEqual([
    expect.stringMatching(
      /^__Host-clinichub-\d+-nobody=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    ),
  ]);
});

it('takes a page of the same name without TLS for another site', async () => {
  const answer = await ask({ host: 'desk.clinic.example', origin: 'http://desk.clinic.example' });
  expect(answer.statusCode).toBe(403);
});
