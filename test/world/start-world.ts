/** Starts what the tests of the project `world` share, before the first of them. */
export async function setup(): Promise<void> {}
