import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type MailAddress,
  type MailServer,
  readMailAddress,
  readMailServer,
} from '#main/core/mail/address.ts';
import { isNetwork } from './proxies.ts';

/** How e-mails leave this host. */
export type MailOptions =
  | {
      readonly way: 'smtp';
      readonly server: MailServer;
      readonly from: MailAddress;
      readonly authorities: string | null;
    }
  | { readonly way: 'folder'; readonly folder: string; readonly from: MailAddress };

/** How the headless host was started. */
export interface HeadlessOptions {
  readonly data: string;
  /** A file with the database's key, where it is not in the data folder. */
  readonly key: string | null;
  readonly centre: string | null;
  readonly enrol: string | null;
  readonly ca: string | null;
  readonly name: string | null;
  readonly demo: boolean;
  readonly address: string;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Origins besides our own whose pages may call the documented API. */
  readonly corsOrigins: readonly string[];
  /** Addresses and networks of the proxies in front of this host, whose word on who asks is taken. */
  readonly proxies: readonly string[];
  /** Ends when standard input does: whoever started it is gone. */
  readonly untilStdinCloses: boolean;
  /** Prints what whoever helps needs to know, and ends. */
  readonly diagnostics: boolean;
  /** What to do about the recovery key instead of starting: make and print one, or take one for the key that is lost. */
  readonly recovery: 'print' | 'recover' | null;
  /** To encrypt everything with a new key instead of starting: the one in a file, or null for one that is made. */
  readonly rekey: { readonly newKey: string | null } | null;
  /** Where each backup is put a second time. */
  readonly backupTo: string | null;
  /** To list the backups, or to restore one by its name, instead of starting. */
  readonly backups: { readonly restore: string | null } | null;
  /** Null: no e-mails. */
  readonly mail: MailOptions | null;
}

/** An option that cannot be used, in words for who gave it. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export const usage = `Usage: npm run serve -- --data <folder> [options]

  --data <folder>         this workstation's data (or CLINICHUB_DATA)
  --key <file>            the database's key (or CLINICHUB_KEY_FILE, the service credential clinichub-key, or the key
                          itself in CLINICHUB_KEY), hexadecimal or base64, instead of the file this would make in the folder
  --enrol <code>          the code an administrator got for this workstation (or CLINICHUB_ENROL); once
  --centre <url>          instead of a code: the centre, with a complete login (or CLINICHUB_CENTRE); remembered
  --ca <file>             certificates of the clinic's own authority, PEM (or CLINICHUB_CA); remembered
  --name <text>           what to call this workstation (or CLINICHUB_NAME); remembered
  --port <n>              port to listen on, 0 for any that is free (or CLINICHUB_PORT); default 4880
  --listen <address>      default 127.0.0.1; any other needs --tls-cert and --tls-key
  --tls-cert <file>       certificate, PEM
  --tls-key <file>        its key, PEM
  --cors-origin <origin>  also lets pages of this origin call the documented API, such as https://www.clinic.example;
                          may be given more than once (or CLINICHUB_CORS_ORIGINS, with spaces between)
  --trust-proxy <address> takes from the proxy at this address, or in this network such as 10.0.0.0/24, who it asks for
                          (X-Forwarded-For); may be given more than once (or CLINICHUB_TRUST_PROXY, with spaces between)
  --mail <url>            the server that takes e-mails, smtp[s]://user:password@host:port (or CLINICHUB_MAIL); without it, or
                          --mail-folder, none are sent
  --mail-from <address>   who they are from, "Clinic <desk@example.org>" (or CLINICHUB_MAIL_FROM)
  --mail-ca <file>        certificates of the authority of that server, PEM (or CLINICHUB_MAIL_CA), where no public one vouches
  --mail-folder <folder>  put each into a folder instead, as a file: for trials (or CLINICHUB_MAIL_FOLDER)
  --demo                  show the accounts of the demonstration clinic (or CLINICHUB_DEMO=1)
  --diagnostics           print what whoever helps needs to know, without patient data, and end; also while it runs
  --backup-to <folder>    put each backup there too: a stick, a share (or CLINICHUB_BACKUP_TO)
  --backups               list the backups of what the centre has not got, and end; not while it runs
  --restore <backup>      bring back what is in a backup and nowhere else, and end; not while it runs
  --recovery-key          make a new recovery key, print it, and end; also while it runs
  --rekey                 encrypt everything with a new key, print a new recovery key, and end; not while it runs
  --new-key <file>        with --rekey, where the key is given: the new one
  --recover               ask for the recovery key, put the database's key back, and end
  --until-stdin-closes    end when standard input ends
`;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        data: { type: 'string' },
        key: { type: 'string' },
        centre: { type: 'string' },
        enrol: { type: 'string' },
        ca: { type: 'string' },
        name: { type: 'string' },
        port: { type: 'string' },
        listen: { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'cors-origin': { type: 'string', multiple: true },
        'trust-proxy': { type: 'string', multiple: true },
        mail: { type: 'string' },
        'mail-from': { type: 'string' },
        'mail-ca': { type: 'string' },
        'mail-folder': { type: 'string' },
        demo: { type: 'boolean' },
        diagnostics: { type: 'boolean' },
        'backup-to': { type: 'string' },
        backups: { type: 'boolean' },
        restore: { type: 'string' },
        'recovery-key': { type: 'boolean' },
        recover: { type: 'boolean' },
        rekey: { type: 'boolean' },
        'new-key': { type: 'string' },
        'until-stdin-closes': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
};

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new OptionError(`--port ${text} is no port: a number from 0 to 65535.`);
  return port;
};

/** An origin as a browser sends it: what is written otherwise would never be met, and `*` is everybody. */
const originOf = (text: string): string => {
  const isOrigin = URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
  if (!isOrigin)
    throw new OptionError(
      `--cors-origin ${text} is no origin: scheme and host, such as https://www.clinic.example, without a path.`,
    );
  return text;
};

const proxyOf = (text: string): string => {
  if (!isNetwork(text))
    throw new OptionError(
      `--trust-proxy ${text} is no address: 192.0.2.1 or fd00::1, or a network such as 10.0.0.0/24.`,
    );
  return text;
};

const fileOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new OptionError(`${file} cannot be read.`);
  }
};

/** Where messages of a trial come from: nowhere. */
const trialSender: MailAddress = { name: 'ClinicHub', address: 'no-reply@clinichub.invalid' };

/** The texts are not repeated: the address of a server holds a password. */
const mailOptions = (
  given: ReturnType<typeof parse>,
  env: Readonly<Record<string, string | undefined>>,
): MailOptions | null => {
  const url = given.mail || env.CLINICHUB_MAIL;
  const folder = given['mail-folder'] || env.CLINICHUB_MAIL_FOLDER;
  const sender = given['mail-from'] || env.CLINICHUB_MAIL_FROM;
  if (url && folder) throw new OptionError('--mail and --mail-folder exclude each other.');
  const from = sender ? readMailAddress(sender) : trialSender;
  if (from === null)
    throw new OptionError('--mail-from is no address: "Clinic <desk@example.org>", or the address alone.');
  if (folder) return { way: 'folder', folder, from };
  if (!url) return null;
  const server = readMailServer(url);
  if (server === null)
    throw new OptionError(
      '--mail must look like smtp://user:password@mail.example.org:587, or smtps:// where TLS comes first; signs like @ in the password as %40.',
    );
  if (!sender) throw new OptionError('--mail needs --mail-from: who the e-mails are from.');
  const ca = given['mail-ca'] || env.CLINICHUB_MAIL_CA;
  return { way: 'smtp', server, from, authorities: ca ? fileOf(ca) : null };
};

/**
 * Reads the options of {@link usage}. The environment is the better place for a code or an address: they hold a
 * password, and other users of a computer can read arguments.
 * @throws OptionError
 */
export const headlessOptions = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): HeadlessOptions => {
  const given = parse(args);
  const data = given.data || env.CLINICHUB_DATA;
  if (!data) throw new OptionError('--data says where this workstation keeps its data.');
  const { 'tls-cert': cert, 'tls-key': key } = given;
  if ((cert === undefined) !== (key === undefined))
    throw new OptionError('--tls-cert and --tls-key belong together.');
  if (given['new-key'] && given.rekey !== true) throw new OptionError('--new-key belongs to --rekey.');
  return {
    data,
    key: given.key || null,
    centre: given.centre || env.CLINICHUB_CENTRE || null,
    enrol: given.enrol || env.CLINICHUB_ENROL || null,
    ca: given.ca || env.CLINICHUB_CA || null,
    name: given.name || env.CLINICHUB_NAME || null,
    demo: given.demo === true || env.CLINICHUB_DEMO === '1',
    address: given.listen || '127.0.0.1',
    port: portOf(given.port || env.CLINICHUB_PORT || '4880'),
    tls: cert === undefined || key === undefined ? null : { cert: fileOf(cert), key: fileOf(key) },
    corsOrigins: (given['cors-origin'] ?? env.CLINICHUB_CORS_ORIGINS?.split(/\s+/) ?? [])
      .filter((text) => text !== '')
      .map(originOf),
    proxies: (given['trust-proxy'] ?? env.CLINICHUB_TRUST_PROXY?.split(/\s+/) ?? [])
      .filter((text) => text !== '')
      .map(proxyOf),
    untilStdinCloses: given['until-stdin-closes'] === true,
    diagnostics: given.diagnostics === true,
    backupTo: given['backup-to'] || env.CLINICHUB_BACKUP_TO || null,
    backups: given.restore || given.backups === true ? { restore: given.restore || null } : null,
    rekey: given.rekey === true ? { newKey: given['new-key'] || null } : null,
    mail: mailOptions(given, env),
    recovery: given.recover === true ? 'recover' : given['recovery-key'] === true ? 'print' : null,
  };
};
