import type { concepts as english } from '../en/concepts.ts';
import type { Words } from '../words.ts';

export const concepts: Words<typeof english> = {
  title: 'Systèmes de codes',
  intro:
    'Codes pour les problèmes, depuis un fichier à vous : la CIM-10 de l’OMS en ClaML (XML), le fichier d’ordre ou la liste des codes de l’ICD-10-CM, ou un tableau avec les colonnes code et title. Le produit n’apporte aucun code.',
  file: 'Fichier sur ce poste',
  fileHint: 'Le chemin complet, par exemple C:\\codes\\icd10cm_order_2026.txt',
  noFile: 'Ce fichier n’existe pas sur ce poste.',
  system: 'Système de codes',
  edition: 'Édition',
  editionHint: 'Comme son éditeur la nomme, par exemple 2026',
  run: 'Importer',
  cancel: 'Annuler',
  here: 'Importés',
  none: 'Aucun système de codes n’a encore été importé.',
  codes: 'Codes',
  retired: 'Retirés',
  phase: {
    idle: 'Aucune importation en cours.',
    reading: 'Lecture de {{file}}',
    importing: 'Importation de {{file}}',
    retiring: 'Retrait de ce que {{file}} n’a plus',
    done: '{{file}} importé.',
    cancelled: 'Annulé. Les codes déjà importés restent.',
    failed: 'L’importation n’a pas pu continuer.',
  },
  failure: {
    unreadable: 'Le fichier est illisible.',
    'wrong-encoding': 'Le fichier n’est pas un texte UTF-8. Enregistrez-le en UTF-8 et réessayez.',
    'too-large': 'Le fichier dépasse 64 Mo. C’est autre chose.',
    'no-codes': 'Aucun code n’a pu y être lu.',
    stopped:
      'L’importation s’est arrêtée sur une erreur inattendue. Les codes déjà importés restent ; réessayez.',
  },
  progress: '{{done}} codes sur {{total}}',
  count: {
    added: 'Nouveaux',
    refined: 'Titre ou édition différents',
    unchanged: 'Déjà présents',
    refused: 'Lignes non reprises',
    retired: 'Retirés',
  },
  missing: {
    title_one: '{{count}} code déjà présent manque dans le fichier',
    title_other: '{{count}} codes déjà présents manquent dans le fichier',
    explain:
      'Si le fichier contient tous les codes de son édition, ils ne devraient plus être proposés. Les dossiers qui les emploient les gardent et le disent. S’il n’en contient qu’une partie, laissez-les.',
    refused_one: '{{count}} ligne n’a pas été reprise ; son code peut en être.',
    refused_other: '{{count}} lignes n’ont pas été reprises ; leurs codes peuvent en être.',
    more: 'et {{count}} de plus',
    retire: 'Ne plus les proposer',
  },
  problems: 'Lignes non reprises',
  problemsFirst: 'Les {{shown}} premières sur {{count}}',
  line: 'Ligne',
  reason: 'Pourquoi',
  problem: {
    'missing-value': 'Le code ou le titre manque',
    'bad-code': 'Ce n’est pas un code de la CIM-10 ; chapitres et plages ne sont pas repris',
    'too-long': 'Le titre dépasse 1 000 caractères',
    'duplicate-code': 'Le code figure deux fois dans le fichier',
    'malformed-row': 'La ligne est illisible',
  },
};
