declare module 'virtual:digits' {
  /** The address of the digits, beside the page. */
  const address: string;
  export default address;
}
