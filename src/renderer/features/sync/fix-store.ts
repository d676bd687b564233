import { create } from 'zustand';

interface Fix {
  /** The parked work being corrected, null when none is. */
  readonly n: number | null;
  open(n: number): void;
  close(): void;
}

/** Opened in the panel behind the pill, shown beside the work: the panel closes when the cursor leaves it. */
export const useFix = create<Fix>()((set) => ({
  n: null,
  open: (n) => set({ n }),
  close: () => set({ n: null }),
}));
