import { type BirthLikeness, likenessOfBirth } from './birth-likeness.ts';
import { fold } from './fold.ts';
import { likenessOfWords, type NameLikeness, type NameWords, nameWords } from './name-likeness.ts';
import { phoneDigits } from './phone.ts';

/** What is compared of two patients; what is not known is null, an empty name while it is being typed. */
export interface Person {
  readonly mrn: string | null;
  readonly family: string;
  readonly given: string;
  readonly gender: string | null;
  readonly birthDate: string | null;
  readonly birthDateEstimated: boolean;
  readonly phone: string | null;
  /** Further numbers of this person. */
  readonly otherPhones: readonly string[];
  /** As `identifierKey` writes them. */
  readonly identifiers: readonly string[];
  readonly email: string | null;
  readonly addressLine: string | null;
  readonly city: string | null;
}

/** Why two records look like one person, and what speaks against it. */
export const likenessReasons = [
  'same-identifier',
  'same-name',
  'similar-name',
  'swapped-names',
  'initial',
  'same-family',
  'same-given',
  'same-birth-date',
  'swapped-birth-date',
  'near-birth-date',
  'birth-year',
  'same-phone',
  'same-email',
  'same-address',
  'other-family',
  'other-given',
  'other-birth-date',
  'other-gender',
] as const;
export type LikenessReason = (typeof likenessReasons)[number];

export interface Likeness {
  /** 0 to 100. */
  readonly score: number;
  /** What speaks for it first. */
  readonly reasons: readonly LikenessReason[];
}

/** From here on two records are likely the same person: registering is refused until the desk says otherwise. */
export const likelySame = 60;
/** From here on somebody is worth a look while a patient is being typed. */
export const worthALook = 40;

/**
 * Points for and against, after I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage" (Journal of the American
 * Statistical Association 64, 1969): each comparison adds what it says, whatever the others say. Another given name
 * takes more away than all else can give but an identifier: twins share everything else.
 */
const points = {
  family: { same: 22, part: 19, near: 16, initial: 6, different: -12, unknown: 0 },
  given: { same: 22, part: 19, near: 16, initial: 6, different: -80, unknown: 0 },
  birth: {
    same: 36,
    swapped: 28,
    near: 20,
    year: 16,
    'year-near': 8,
    'other-day': -24,
    other: -40,
    unknown: 0,
  },
  phone: { same: 30, different: -4, unknown: 0 },
  /** Nothing but a number was typed yet: who has it may be the one. */
  phoneAlone: 44,
  swappedNames: -4,
  /** More than everything else can take away. */
  identifier: 200,
  email: 14,
  address: 10,
  city: 2,
  otherGender: -10,
} as const;

/** The last nine digits are the subscriber's, with or without a country or trunk prefix. */
const subscriber = (phone: string | null): string =>
  phoneDigits(phone ?? '')
    .replace(/^0+/, '')
    .slice(-9);
const fewestDigits = 6;

const phonesOf = ({ phone, otherPhones }: Person): readonly string[] =>
  [phone, ...otherPhones].map(subscriber).filter((digits) => digits.length >= fewestDigits);

/** People have several numbers; one they share is enough. */
const likenessOfPhones = (a: Person, b: Person): keyof typeof points.phone => {
  const [some, others] = [phonesOf(a), phonesOf(b)];
  if (some.length === 0 || others.length === 0) return 'unknown';
  return some.some((digits) => others.includes(digits)) ? 'same' : 'different';
};

const shareIdentifier = (a: Person, b: Person): boolean =>
  (a.mrn !== null && a.mrn === b.mrn) || a.identifiers.some((key) => b.identifiers.includes(key));

interface NamesAlike {
  readonly family: NameLikeness;
  readonly given: NameLikeness;
  readonly swapped: boolean;
}

const namePoints = ({ family, given, swapped }: NamesAlike): number =>
  points.family[family] + points.given[given] + (swapped ? points.swappedNames : 0);

/** Which word is family name and which is given name is told differently at every desk; the likeliest reading counts. */
const likenessOfNames = (a: NameWords, b: NameWords): NamesAlike => {
  const straight = {
    family: likenessOfWords(a.family, b.family),
    given: likenessOfWords(a.given, b.given),
    swapped: false,
  };
  if (straight.family === 'unknown' || straight.given === 'unknown') return straight;
  if (straight.family !== 'different' && straight.given !== 'different') return straight;
  const crossed = [likenessOfWords(a.family, b.given), likenessOfWords(a.given, b.family)] as const;
  const fits = !crossed.includes('different');
  const readings: NamesAlike[] = fits
    ? [straight, { family: crossed[0], given: crossed[1], swapped: true }]
    : [straight];
  const moved = likenessOfWords([...a.family, ...a.given], [...b.family, ...b.given]);
  if (moved === 'same') readings.push({ family: 'part', given: 'part', swapped: true });
  return readings.reduce((best, reading) => (namePoints(reading) > namePoints(best) ? reading : best));
};

const nameReasons = ({ family, given, swapped }: NamesAlike): readonly LikenessReason[] => {
  const alike = (likeness: NameLikeness) => likeness !== 'different' && likeness !== 'unknown';
  if (swapped && alike(family) && alike(given)) return ['swapped-names'];
  if (family === 'same' && given === 'same') return ['same-name'];
  if (alike(family) && given === 'initial') return ['same-family', 'initial'];
  if (alike(family) && alike(given)) return ['similar-name'];
  return [
    ...(alike(family) ? (['same-family'] as const) : []),
    ...(alike(given) ? (['same-given'] as const) : []),
    ...(family === 'different' ? (['other-family'] as const) : []),
    ...(given === 'different' ? (['other-given'] as const) : []),
  ];
};

const birthReasons: Readonly<Record<BirthLikeness, readonly LikenessReason[]>> = {
  same: ['same-birth-date'],
  swapped: ['swapped-birth-date'],
  near: ['near-birth-date'],
  year: ['birth-year'],
  'year-near': ['birth-year'],
  'other-day': ['other-birth-date'],
  other: ['other-birth-date'],
  unknown: [],
};

const sameText = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.trim() !== '' && fold(a).trim() === fold(b).trim();

const told = (gender: string | null): boolean => gender === 'female' || gender === 'male';

interface Evidence {
  readonly points: number;
  readonly reasons: readonly LikenessReason[];
}

const when = (holds: boolean, reason: LikenessReason | null, worth: number): Evidence =>
  holds ? { points: worth, reasons: reason === null ? [] : [reason] } : { points: 0, reasons: [] };

const against: readonly LikenessReason[] = [
  'other-family',
  'other-given',
  'other-birth-date',
  'other-gender',
];

const sumOf = (evidence: readonly Evidence[]): number =>
  evidence.reduce((total, piece) => total + piece.points, 0);

/** What two records say besides their names. */
const besidesNames = (a: Person, b: Person): readonly Evidence[] => {
  const birth = likenessOfBirth(a, b);
  const phone = likenessOfPhones(a, b);
  const nameless = [a, b].some(({ family, given }) => `${family}${given}`.trim() === '');
  const phoneWorth = phone === 'same' && nameless ? points.phoneAlone : points.phone[phone];
  const otherGender = told(a.gender) && told(b.gender) && a.gender !== b.gender;
  return [
    when(shareIdentifier(a, b), 'same-identifier', points.identifier),
    { points: points.birth[birth], reasons: birthReasons[birth] },
    { points: phoneWorth, reasons: phone === 'same' ? ['same-phone'] : [] },
    when(sameText(a.email, b.email), 'same-email', points.email),
    when(sameText(a.addressLine, b.addressLine), 'same-address', points.address),
    when(sameText(a.city, b.city), null, points.city),
    when(otherGender, 'other-gender', points.otherGender),
  ];
};

const mostForNames = points.family.same + points.given.same;

/**
 * Compares many records with one. What cannot reach `atLeast` whatever the names are is null: names are what takes time.
 * @example rows.map((row) => likenessTo(typed, worthALook)(row))
 */
export const likenessTo = (a: Person, atLeast: number): ((b: Person) => Likeness | null) => {
  const own = nameWords(a);
  return (b) => {
    const others = besidesNames(a, b);
    if (sumOf(others) + mostForNames < atLeast) return null;
    const names = likenessOfNames(own, nameWords(b));
    const score = Math.max(0, Math.min(100, sumOf(others) + namePoints(names)));
    if (score < atLeast) return null;
    const [identifier, ...more] = others;
    const reasons = [identifier, { reasons: nameReasons(names) }, ...more].flatMap(
      (piece) => piece?.reasons ?? [],
    );
    const speaksAgainst = (reason: LikenessReason) => against.includes(reason);
    return {
      score,
      reasons: [...reasons.filter((reason) => !speaksAgainst(reason)), ...reasons.filter(speaksAgainst)],
    };
  };
};

/**
 * How much two records look like one person, with the reasons; it does not matter which is which.
 * @example compare(typed, known).score >= likelySame
 */
export const compare = (a: Person, b: Person): Likeness =>
  likenessTo(a, Number.NEGATIVE_INFINITY)(b) ?? { score: 0, reasons: [] };
