export const TARBALL: string;
