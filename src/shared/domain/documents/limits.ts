/** A file travels in parts of so many bytes, between window and workstation as well as between workstation and centre. */
export const partBytes = 131_072;
/** How many bytes so many megabytes (of 1024 kilobytes) are. */
export const bytesOfMegabytes = (megabytes: number): number => megabytes * 1024 * 1024;

/** The centre takes no larger file. */
export const mostMegabytes = 20;
export const mostFileBytes = bytesOfMegabytes(mostMegabytes);

/** How many parts a file of this size has. */
export const partsOf = (size: number): number => Math.ceil(size / partBytes);

/** How many bytes part `n`, counted from 0, of a file of this size has. */
export const partLength = (size: number, n: number): number => Math.min(partBytes, size - n * partBytes);

/** A picture's long side, in pixels: enough to read a photographed letter. */
export const longestSide = 2560;
