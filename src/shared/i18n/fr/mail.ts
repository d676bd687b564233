import type { mail as english } from '../en/mail.ts';
import type { Words } from '../words.ts';

export const mail: Words<typeof english> = {
  hello: 'Bonjour {{name}},',
  helloNobody: 'Bonjour,',
  login: 'Connectez-vous à l’espace patient pour en savoir plus.',
  automatic: 'Ce message a été envoyé automatiquement. Les réponses ne sont pas lues.',
  subject: {
    'verify-code': 'Confirmez votre adresse e-mail',
    'reset-code': 'Choisissez un nouveau mot de passe',
    'appointment-confirmed': 'Votre rendez-vous est confirmé',
    'appointment-moved': 'Votre rendez-vous a été déplacé',
    'appointment-proposed': 'Un autre horaire pour votre rendez-vous',
    'appointment-rejected': 'Votre demande de rendez-vous n’a pas pu être acceptée',
    'appointment-cancelled': 'Votre rendez-vous est annulé',
    'link-approved': 'Votre compte a été rattaché',
    'link-refused': 'Votre compte n’a pas pu être rattaché',
    'already-registered': 'Vous avez déjà un compte',
    'password-changed': 'Votre mot de passe a été modifié',
    'email-changed': 'Votre adresse e-mail a été modifiée',
  },
  body: {
    'verify-code': 'Saisissez ce code pour confirmer votre adresse e-mail :',
    'reset-code': 'Saisissez ce code pour choisir un nouveau mot de passe :',
    'appointment-confirmed': '{{clinic}} a confirmé votre rendez-vous du {{when}}, {{place}}.',
    'appointment-moved':
      '{{clinic}} a déplacé votre rendez-vous. Il a désormais lieu le {{when}}, {{place}}.',
    'appointment-proposed':
      '{{clinic}} vous propose un autre horaire de rendez-vous : {{when}}, {{place}}. Connectez-vous pour l’accepter ou en choisir un autre.',
    'appointment-rejected':
      '{{clinic}} n’a pas pu accepter votre demande pour le {{when}}. Connectez-vous pour choisir un autre horaire.',
    'appointment-cancelled': 'Votre rendez-vous du {{when}} avec {{clinic}} est annulé.',
    'link-approved': '{{clinic}} a rattaché votre compte aux dossiers que vous aviez demandés.',
    'link-refused':
      '{{clinic}} n’a pas pu rattacher votre compte aux dossiers que vous aviez demandés. Connectez-vous pour en connaître la raison, ou renseignez-vous à l’accueil.',
    'already-registered':
      'Quelqu’un a voulu créer un compte avec cette adresse. Elle a déjà un compte auprès de {{clinic}} : connectez-vous avec son mot de passe, ou choisissez « Mot de passe oublié ». Si cela ne suffit pas, renseignez-vous à l’accueil. Si ce n’était pas vous, vous n’avez rien à faire.',
    'password-changed':
      'Le mot de passe de votre compte auprès de {{clinic}} a été modifié. Si ce n’était pas vous, choisissez-en un nouveau avec « Mot de passe oublié » et prévenez l’accueil.',
    'email-changed':
      'Votre compte auprès de {{clinic}} a désormais une autre adresse e-mail. Celle-ci n’en fait plus partie. Si ce n’était pas vous, prévenez l’accueil sans attendre.',
  },
  codeUntil:
    'Il est valable jusqu’au {{when}}. Ne le donnez à personne : la clinique ne vous le demandera jamais.',
  codeNotAsked: 'Si vous ne l’avez pas demandé, vous n’avez rien à faire.',
  note: {
    waiting_one:
      'Un e-mail attend depuis le {{since}} : le serveur de messagerie ne l’accepte pas. Le journal en donne la raison.',
    waiting_other:
      '{{count}} e-mails attendent, le premier depuis le {{since}} : le serveur de messagerie ne les accepte pas. Le journal en donne la raison.',
    refused_one:
      'Un e-mail des sept derniers jours a été refusé, le plus souvent parce que l’adresse n’existe pas.',
    refused_other:
      '{{count}} e-mails des sept derniers jours ont été refusés, le plus souvent parce que les adresses n’existent pas.',
    late_one:
      'Un e-mail des sept derniers jours a été abandonné : le serveur de messagerie est resté injoignable trop longtemps.',
    late_other:
      '{{count}} e-mails des sept derniers jours ont été abandonnés : le serveur de messagerie est resté injoignable trop longtemps.',
  },
};
