import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HttpHost, type HttpOptions, startHttpHost } from '#main/transport/http/server.ts';
import { type Clinic, openClinic, password } from './core-clinic.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; null when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came.
  readonly body: any;
}

export interface ApiRequest {
  readonly token?: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** An address of this computer to ask from. */
  readonly from?: string;
}

/** A clinic whose documented API is served, and a program that asks it. */
export interface ApiHost {
  readonly clinic: Clinic;
  readonly host: HttpHost;
  /** `path` under `/api/v1`, unless it begins with `//`: then under the root. */
  ask(method: string, path: string, asked?: ApiRequest): Promise<ApiAnswer>;
  /** Tokens of an account of the clinic. */
  signIn(
    username: string,
  ): Promise<{ readonly accessToken: string; readonly refreshToken: string; readonly sessionId: string }>;
  close(): Promise<void>;
}

/** Many requests of a test are no flood. */
const wide = { requests: 1_000_000, seconds: 1 };
export const wideLimits = { address: wide, account: wide, signIn: wide };

export const askAt = (
  url: string,
  method: string,
  path: string,
  asked: ApiRequest = {},
): Promise<ApiAnswer> =>
  new Promise((resolve, reject) => {
    const { token, body, raw, headers = {}, from } = asked;
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const target = new URL(path.startsWith('//') ? path.slice(1) : `/api/v1${path}`, url);
    const outgoing = request(
      target,
      {
        method,
        agent: false,
        ...(from === undefined ? {} : { localAddress: from }),
        headers: {
          ...(sent === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: isJson ? JSON.parse(text) : null,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent);
  });

export const openApiHost = async (
  more: { readonly clinic?: Clinic; readonly http?: Partial<HttpOptions> } = {},
): Promise<ApiHost> => {
  const pages = mkdtempSync(join(tmpdir(), 'clinichub-pages-'));
  const clinic = more.clinic ?? openClinic();
  const host = await startHttpHost({
    core: clinic.core,
    clock: clinic.clock,
    log: { info: () => undefined, error: (event, error) => clinic.logged.push(`${event}: ${String(error)}`) },
    pages,
    address: '127.0.0.1',
    port: 0,
    tls: null,
    apiLimits: wideLimits,
    ...more.http,
  });
  const ask: ApiHost['ask'] = (method, path, asked) => askAt(host.url, method, path, asked);
  return {
    clinic,
    host,
    ask,
    signIn: async (username) => {
      const answer = await ask('POST', '/auth/token', { body: { grant: 'password', username, password } });
      if (answer.status !== 200) throw new Error(`${username}: ${answer.text}`);
      return answer.body;
    },
    close: async () => {
      await host.close();
      if (more.clinic === undefined) await clinic.close();
      rmSync(pages, { recursive: true });
    },
  };
};
