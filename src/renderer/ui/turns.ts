/**
 * For a store that holds what one person is at: what somebody leaves at this window when another takes over is put aside, and is
 * there when they are back. `kept` says what of the store that is. In memory only.
 * @example const takeTurns = createTurns(({ draft }: { readonly draft: Draft | null }) => ({ draft }));
 * claim: (owner) => set((state) => (state.owner === owner ? state : { ...nothing, ...takeTurns(state, owner) }))
 */
export const createTurns = <State, Kept>(kept: (state: State) => Kept) => {
  const aside = new Map<string, Kept>();
  return (
    state: State & { readonly owner: string | null },
    owner: string,
  ): Partial<Kept> & { readonly owner: string } => {
    if (state.owner !== null) aside.set(state.owner, kept(state));
    return { ...aside.get(owner), owner } as Partial<Kept> & { readonly owner: string };
  };
};
