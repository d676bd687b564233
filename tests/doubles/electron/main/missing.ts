/**
 * `part` as an object that refuses by name whatever the double does not have, so that a use of Electron that is not
 * stood in for fails loudly instead of being `undefined`.
 */
export const onlyWhatIsThere = <T extends object>(name: string, part: T): T =>
  new Proxy(part, {
    get: (target, key) => {
      if (!(key in target) && typeof key === 'string' && key !== 'then' && key !== 'toJSON') {
        throw new Error(`the Electron double has no ${name}.${key}`);
      }
      // Private members are known to the object itself only, so its methods run on it and not on the proxy.
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
