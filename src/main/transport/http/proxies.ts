import { BlockList, isIP } from 'node:net';

/** Whether an address is that of a proxy whose word on who asks is taken. */
export type IsProxy = (address: string | undefined) => boolean;

const noProxy: IsProxy = () => false;

const bits = { ipv4: 32, ipv6: 128 } as const;
const familyOf = (address: string): keyof typeof bits | null => {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
};

/** Whether a text is an address, or a network of them in CIDR: `10.0.0.0/24`. */
export const isNetwork = (text: string): boolean => {
  const [, address = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = familyOf(address);
  return family !== null && Number(prefix ?? 0) <= bits[family];
};

/** The proxies at these addresses and in these networks, each as `isNetwork` has it; nobody where there are none. */
export const proxiesAt = (networks: readonly string[]): IsProxy => {
  if (networks.length === 0) return noProxy;
  const known = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = familyOf(address) ?? 'ipv4';
    known.addSubnet(address, Number(prefix ?? bits[family]), family);
  }
  return (address = '') => {
    const plain = address.replace(/^::ffff:/, '');
    const family = familyOf(plain);
    return family !== null && known.check(plain, family);
  };
};
