/** What a host with windows of its own can do; a browser opens its windows itself. */
export interface WindowHost {
  /** Shows `address` in a further window; `address` is one that `screenAt` knows. */
  open(address: string): Promise<'opened' | 'too-many'>;
}
