import { parseArgs } from 'node:util';

/** An expected failure of `npm run package`, in words for who ran it. */
export class PackageProblem extends Error {
  override readonly name = 'PackageProblem';
}

export interface PackageOptions {
  /** Whether an installer without a signature is refused. */
  readonly release: boolean;
}

export const usage = `Usage: npm run package -- [--release]

Makes the installers of this computer's system and processor, in dist/<version>; when one cannot be made, none is.
  --release   refuse to make what is not signed (electron.build/code-signing says where certificates go)`;

/** Reads the options of {@link usage}. Throws {@link PackageProblem}. */
export const packageOptions = (args: readonly string[]): PackageOptions | 'help' => {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: { release: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    return values.help === true ? 'help' : { release: values.release === true };
  } catch (error) {
    throw new PackageProblem(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
};
