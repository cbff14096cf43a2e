/** The fixture alone, in a form that another program reads. */
const config: object = { test: { include: ['vitest.fixture.ts'], reporters: ['tap-flat'] } };
export default config;
