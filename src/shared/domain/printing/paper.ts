/** What can be put on paper. */
export const printables = [
  'label',
  'wristband',
  'card',
  'registration',
  'access-code',
  'day-sheet',
  'phone-list',
  'call-list',
  'prescription',
  'medicine-label',
  'receipt',
  'document',
] as const;
export type Printable = (typeof printables)[number];

/** Sheets, labels and bands that printers hold. */
export const papers = [
  'a4',
  'a5',
  'a6',
  'label-62x29',
  'label-89x36',
  'wristband-25x254',
  'roll-80',
] as const;
export type Paper = (typeof papers)[number];

/** What a receipt is drawn for: a roll of 80 mm, cut after the page, or a sheet. */
export const receiptPapers = ['roll-80', 'a4'] as const satisfies readonly Paper[];
export type ReceiptPaper = (typeof receiptPapers)[number];

/** Width and height in millimetres as the paper leaves the printer. A-series: ISO 216. */
export const sizeOf: Readonly<Record<Paper, { readonly width: number; readonly height: number }>> = {
  a4: { width: 210, height: 297 },
  a5: { width: 148, height: 210 },
  a6: { width: 105, height: 148 },
  'label-62x29': { width: 62, height: 29 },
  'label-89x36': { width: 89, height: 36 },
  'wristband-25x254': { width: 25, height: 254 },
  'roll-80': { width: 80, height: 200 },
};

/** What each document may be printed on; the first is what it is made for. */
export const papersOf: Readonly<Record<Printable, readonly [Paper, ...Paper[]]>> = {
  label: ['label-62x29', 'label-89x36'],
  wristband: ['wristband-25x254'],
  card: ['a6', 'a5', 'a4'],
  registration: ['a4'],
  'access-code': ['a6', 'a5', 'a4'],
  'day-sheet': ['a4', 'a5'],
  'phone-list': ['a4', 'a5'],
  'call-list': ['a4', 'a5'],
  prescription: ['a5', 'a4'],
  'medicine-label': ['label-89x36', 'label-62x29', 'a6'],
  receipt: receiptPapers,
  document: ['a4', 'a5'],
};

/** `paper` when `document` goes on it, else what the document is made for. */
export const paperFor = (document: Printable, paper: Paper | null): Paper => {
  const allowed = papersOf[document];
  return paper !== null && allowed.includes(paper) ? paper : allowed[0];
};
