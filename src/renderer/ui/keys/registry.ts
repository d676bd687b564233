import { isSingleKey, nameOf, type Press } from './combo.ts';

/** One shortcut of a screen. */
export interface KeyBinding {
  /** `n`, `mod+k`, `g d` (one after the other), `ArrowDown`; several ways to the same thing are apart by `|`. */
  readonly keys: string;
  /** What it does, for the overlay. */
  readonly label: string;
  readonly run: () => void;
  /** `false`: listed, but does nothing at the moment. */
  readonly enabled?: boolean;
  /** Works while the cursor is in a field, too. Without it, typing is never taken for a shortcut. */
  readonly inFields?: boolean;
  /** Works while a modal has taken over, too. */
  readonly inModals?: boolean;
}

/**
 * What shortcuts belong to, the first below: the same key is a sheet's before it is a screen's and a screen's before it is the
 * frame's, whichever was there first.
 */
export const keyLayers = ['frame', 'screen', 'sheet'] as const;
export type KeyLayer = (typeof keyLayers)[number];

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
  /** `screen` where nothing is said. */
  readonly layer?: KeyLayer;
}

/** Where a group stands among the others. */
export interface KeyPlace {
  /** Other bindings in the same place: what they are before does not change with what can be done at the moment. */
  change(group: KeyGroup): void;
  remove(): void;
}

export interface Situation {
  readonly inField: boolean;
  /** A modal has taken over. */
  readonly inModal: boolean;
  readonly singleKeys: boolean;
  /** Milliseconds; only the distance between two presses counts. */
  readonly at: number;
}

/** How long the second key of `g d` may take, in milliseconds: enough for slow hands and for a computer that is busy after the first. */
export const sequenceWithin = 4000;

/** A group under another, which is shown earlier. */
const isBelow = (a: KeyGroup, b: KeyGroup): boolean =>
  keyLayers.indexOf(a.layer ?? 'screen') < keyLayers.indexOf(b.layer ?? 'screen');

/** The shortcuts that hold at the moment. Within a layer later groups win over earlier ones. */
export class KeyRegistry {
  #groups: readonly KeyGroup[] = [];
  #listeners = new Set<() => void>();
  #pending: { readonly stroke: string; readonly at: number } | null = null;

  readonly groups = (): readonly KeyGroup[] => this.#groups;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Adds a group, above what its layer has. */
  add(group: KeyGroup): KeyPlace {
    const above = this.#groups.findIndex((one) => isBelow(group, one));
    this.#change(this.#groups.toSpliced(above < 0 ? this.#groups.length : above, 0, group));
    let current = group;
    return {
      change: (next) => {
        this.#change(this.#groups.map((one) => (one === current ? next : one)));
        current = next;
      },
      remove: () => this.#change(this.#groups.filter((one) => one !== current)),
    };
  }

  /** The binding a press means, or null. Remembers the first stroke of a sequence. */
  match(press: Press, situation: Situation): KeyBinding | null {
    const stroke = nameOf(press);
    if (!stroke) return null;
    const before = this.#pending;
    this.#pending = null;
    if (before && situation.at - before.at <= sequenceWithin) {
      const second = this.#find(`${before.stroke} ${stroke}`, situation);
      if (second) return second;
    }
    const binding = this.#find(stroke, situation);
    if (!binding && this.#starts(stroke, situation)) this.#pending = { stroke, at: situation.at };
    return binding;
  }

  #find(shortcut: string, situation: Situation): KeyBinding | null {
    if (isSingleKey(shortcut) && (situation.inField || !situation.singleKeys)) return null;
    for (const group of this.#groups.toReversed()) {
      for (const binding of group.bindings) {
        if (binding.enabled === false) continue;
        if (situation.inField && !binding.inFields) continue;
        if (situation.inModal && !binding.inModals) continue;
        if (binding.keys.split('|').includes(shortcut)) return binding;
      }
    }
    return null;
  }

  #starts(stroke: string, situation: Situation): boolean {
    if (situation.inField || situation.inModal || !situation.singleKeys) return false;
    return this.#groups.some((group) =>
      group.bindings.some((binding) => binding.keys.split('|').some((one) => one.startsWith(`${stroke} `))),
    );
  }

  #change(groups: readonly KeyGroup[]): void {
    this.#groups = groups;
    for (const listener of this.#listeners) listener();
  }
}
