import type { Operation } from '#main/transport/http/api/operation.ts';
import { type Role, staff } from '#shared/contract/permissions.ts';
import { type ExampleRequest, seedExamples, type World } from './api-examples.ts';
import { type ApiAnswer, type ApiHost, type ApiRequest, openApiHost } from './api-host.ts';
import { addPanelAccounts, patientEmail, patientPassword } from './core-panel.ts';

export interface ApiWorld extends World {
  /** Asks what an operation takes; `more` changes what is sent. */
  send(operation: Operation, request: ExampleRequest, more?: ApiRequest): Promise<ApiAnswer>;
  /** The ETag an update of this names, as somebody of that role sees it. */
  etag(operation: Operation, request: ExampleRequest, as: Role): Promise<string>;
}

export const pathOf = ({ path }: Operation, { params = {}, query = {} }: ExampleRequest): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
};

/** A token of a patient's account. */
export const patientToken = async (api: ApiHost, email: string): Promise<string> => {
  const body = { grant: 'password', username: email, password: patientPassword };
  const answer = await api.ask('POST', '/auth/token', { body });
  if (answer.status !== 200) throw new Error(`${email}: ${answer.text}`);
  return answer.body.accessToken;
};

/** A clinic whose API is served, with what examples need, and a token of every role of the staff. */
export const openApiWorld = async (): Promise<ApiWorld> => {
  const api: ApiHost = await openApiHost();
  seedExamples(api);
  addPanelAccounts(api.clinic);
  const admin = await api.clinic.signedIn('admin');
  for (const [key, value] of [
    ['panel.most-open', 20],
    ['panel.notes', 'signed'],
  ] as const)
    await api.clinic.get('settings.set', { key, siteId: null, seen: null, value }, admin);
  const tokens = new Map<Role, string>();
  tokens.set('patient', await patientToken(api, patientEmail));
  for (const role of staff) tokens.set(role, (await api.signIn(role)).accessToken);
  const counts = new Map<string, number>();
  const world: ApiWorld = {
    api,
    token: (role) => tokens.get(role) ?? '',
    next: (kind = '') => {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return counts.get(kind) ?? 0;
    },
    send: (operation, request, more = {}) =>
      api.ask(operation.method, pathOf(operation, request), {
        ...(request.body === undefined ? {} : { body: request.body }),
        ...more,
      }),
    etag: async ({ ifMatch }, { params = {} }, as) => {
      if (ifMatch === null) return '';
      const seen = await world.send(ifMatch, { params }, { token: world.token(as) });
      return seen.headers.etag ?? '';
    },
  };
  return world;
};
