import type { session as english } from '../en/session.ts';
import type { Words } from '../words.ts';

export const session: Words<typeof english> = {
  username: 'Identifiant',
  password: 'Mot de passe',
  showPassword: 'Afficher le mot de passe',
  signIn: 'Se connecter',
  capsLock: 'La touche Verr. Maj est active.',
  scanned: 'Un numéro de dossier a été scanné. Connectez-vous d’abord, puis scannez-le à nouveau.',
  pin: {
    label: 'Code PIN',
    show: 'Afficher le code PIN',
    password: 'Votre mot de passe',
    new: 'Nouveau code PIN, de 4 à 8 chiffres',
    again: 'Le même code encore une fois',
    set: 'Choisir un code PIN',
    change: 'Changer le code PIN',
    why: 'Vous signez notes et ordonnances avec un code PIN à vous. Votre mot de passe montre que c’est bien vous qui le choisissez.',
    locked:
      'Il y a eu trop de codes PIN erronés sur ce poste. Donnez une fois votre mot de passe, puis le code compte de nouveau.',
    done: 'Votre code PIN est enregistré.',
  },
  haveCode: 'J’ai un code',
  code: {
    title: 'Commencer avec un code à usage unique',
    label: 'Code à usage unique',
    hint: 'Douze lettres et chiffres, tels qu’un administrateur vous les a remis.',
    next: 'Continuer',
    back: 'Se connecter avec un mot de passe',
    hello: 'Bienvenue, {{name}}. Choisissez un mot de passe que vous seul connaissez.',
    enter: 'Choisir le mot de passe et se connecter',
  },
  newPassword: {
    label: 'Nouveau mot de passe',
    hint: 'Plusieurs mots sans rapport entre eux sont solides et faciles à retenir. Vous pouvez le coller.',
    again: 'Le même mot de passe encore une fois',
    change: 'Changer le mot de passe',
    done: 'Votre mot de passe est changé. Ce qui était ouvert ailleurs avec l’ancien a pris fin.',
  },
  lock: {
    by: {
      person: 'Verrouillé depuis {{time}}',
      unused: 'Verrouillé depuis {{time}}, faute d’utilisation',
      system: 'Verrouillé depuis {{time}}, avec l’ordinateur',
    },
    kept: 'Ce qui était en cours de saisie est gardé.',
    unlock: 'Déverrouiller',
    withPassword: 'Utiliser le mot de passe',
    withPin: 'Utiliser le code PIN',
    another: 'Quelqu’un d’autre',
    waiting: 'Verrouillé ici, à reprendre',
    since: 'depuis {{time}}',
  },
  bound: {
    soon_one:
      'Sans contact avec le centre depuis {{since}}. Dans {{count}} jour, plus personne ne pourra se connecter ni déverrouiller ici, sauf si le centre est joint avant. Connectez ce poste au réseau.',
    soon_other:
      'Sans contact avec le centre depuis {{since}}. Dans {{count}} jours, plus personne ne pourra se connecter ni déverrouiller ici, sauf si le centre est joint avant. Connectez ce poste au réseau.',
    over: 'Sans contact avec le centre depuis {{since}} : c’est plus long que la clinique ne le permet pour se connecter et déverrouiller. Ce qui a été fait ici est gardé et sera envoyé au prochain contact, après quoi tout remarche de soi-même. Connectez ce poste au réseau ou adressez-vous à un administrateur.',
  },
  signOutEverywhere: 'Terminer mes sessions partout',
  demoPin: 'signe avec le code {{pin}}',
  demo: 'Comptes de la clinique de démonstration : choisissez pour remplir',
};
