import { z } from 'zod';

const Entry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  license: z.unknown().optional(),
  engines: z.unknown().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const Lock = z.looseObject({ packages: z.record(z.string(), Entry) });
export type Lock = z.infer<typeof Lock>;

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The system, processor and C library that a name such as `@x/binding-linux-x64-musl` speaks of; null when it does not. */
const platformOf = (name: string) => {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return null;
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return { os: [os], cpu: [cpu], ...(os === 'linux' ? { libc: [libc] } : {}) };
};

/** Binaries for single systems that a package of `lock` may use and that have no entry, by the key they must have. */
export const missingBinaries = (lock: Lock): ReadonlyMap<string, Record<string, unknown>> => {
  const missing = new Map<string, Record<string, unknown>>();
  for (const [key, owner] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      const places = [`${key}/node_modules/${name}`, `node_modules/${name}`];
      if (platform === null || places.some((place) => place in lock.packages)) continue;
      missing.set(`node_modules/${name}`, {
        version,
        ...platform,
        ...(owner.dev === true ? { dev: true } : {}),
        ...(owner.license === undefined ? {} : { license: owner.license }),
        optional: true,
        ...(owner.engines === undefined ? {} : { engines: owner.engines }),
      });
    }
  }
  return missing;
};

/** Reads the text of a package-lock.json, in the order it has. */
export const readLock = (text: string): Lock => {
  const lock: unknown = JSON.parse(text);
  Lock.parse(lock);
  return lock as Lock;
};

/** `lock` with every missing binary, in npm's order. */
export const completed = (lock: Lock): Lock => {
  const all = { ...lock.packages, ...Object.fromEntries(missingBinaries(lock)) } as Lock['packages'];
  const sorted = Object.entries(all).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
};
