import { createHash } from 'node:crypto';
import { chartAccess } from '#main/core/chart-access.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { encounterOf } from '#main/core/encounter.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { drawPaper, type Fact, type Paper } from '#main/core/paper/paper.ts';
import { localDb } from '#main/data/local/query.ts';
import { specialtiesOf } from '#main/data/local/specialties.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { loincOf } from '#shared/domain/documents/kinds.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { daysBetween } from '#shared/kernel/calendar.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { type DocumentDeps, keepDocument } from './keep.ts';
import { findPatient } from './repository.ts';
import { filled, type PaperWords, paperWords } from './words.ts';

type Asked = Parsed<'documents.make'>;

const clinicOf = (
  { store, settings }: DocumentDeps,
  user: SignedInUser,
  { paper }: PaperWords,
): Paper['clinic'] => {
  const siteId = store.workstation()?.locationId ?? user.locationId;
  const { name, address, phone } = letterheadOf(store, settings, siteId);
  const lines = [address, phone === '' ? '' : filled(paper.phone, { phone })];
  return { name, lines: lines.filter((line) => line !== '') };
};

const signatureOf = (store: LocalStore, user: SignedInUser, { paper }: PaperWords): Paper['signature'] => {
  const doctor =
    user.practitionerId === null
      ? undefined
      : store.get(localDb.selectFrom('practitioner').selectAll().where('id', '=', user.practitionerId));
  const name = doctor && [doctor.prefix, doctor.given, doctor.family].filter(Boolean).join(' ');
  const licence = doctor?.licence_number ? filled(paper.licence, { number: doctor.licence_number }) : '';
  return {
    name: name || user.displayName,
    lines: [(doctor && specialtiesOf(store, doctor.id)?.join(', ')) ?? '', licence].filter(
      (line) => line !== '',
    ),
    label: paper.signature,
  };
};

const factsOf = (
  { template, from, to, diagnosis, addressee }: Asked,
  patient: LocalRowOf<'patient'>,
  today: string,
  words: PaperWords,
): readonly Fact[] => {
  const { paper, day } = words;
  const facts: readonly (readonly [string, string])[] = [
    [paper.to, template === 'referral' ? addressee.trim() : ''],
    [paper.patient, fullName(patient)],
    [paper.born, patient.birth_date === null ? '' : day(patient.birth_date)],
    [paper.mrn, patient.mrn],
    [paper.date, day(today)],
    [paper.diagnosis, diagnosis],
    [
      paper.unfit,
      template === 'sick-note' && from !== null && to !== null
        ? words.days(from, to, daysBetween(from, to) + 1)
        : '',
    ],
  ];
  return facts.flatMap(([label, text]) => (text === '' ? [] : [{ label, text }]));
};

/** A sick note says for which days; nobody writes one for years. */
const wrongDays = ({ template, from, to }: Asked): Readonly<Record<string, string>> => {
  if (template !== 'sick-note') return {};
  if (from === null || to === null)
    return { ...(from === null ? { from: 'required' } : {}), ...(to === null ? { to: 'required' } : {}) };
  return to < from ? { to: 'order' } : daysBetween(from, to) > 366 ? { to: 'invalid' } : {};
};

export const make = async (
  deps: DocumentDeps,
  asked: Asked,
  { user }: Connection,
): Promise<Result<DocumentView>> => {
  const { patientId, template, title, language } = asked;
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  const patient = findPatient(deps.store, patientId);
  if (user === null || patient === undefined) return fail('not-found');
  const fields = wrongDays(asked);
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const { timeZone } = deps.home();
  const words = paperWords(language, timeZone);
  const now = deps.clock.now();
  const signature = signatureOf(deps.store, user, words);
  const bytes = await drawPaper({
    language,
    title,
    keywords: loincOf[template] === null ? null : `LOINC ${loincOf[template]}`,
    at: new Date(now),
    clinic: clinicOf(deps, user, words),
    facts: factsOf(asked, patient, dayAt(now, timeZone), words),
    sections: asked.sections.filter(({ text }) => text.trim() !== ''),
    signature,
    foot: (page, pages) => filled(words.paper.page, { page, pages }),
  });
  const hash = createHash('sha256').update(bytes).digest('hex');
  return keepDocument(deps, {
    kind: 'document.make',
    patientId,
    userId: user.id,
    title,
    category: template,
    contentType: 'application/pdf',
    hash,
    size: bytes.length,
    place: (writer) => {
      deps.blobs.keepBytes(hash, bytes);
      return encounterOf(deps, writer, { patientId, user });
    },
  });
};
