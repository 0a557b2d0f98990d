// The package has no types of its own: what the tests use of it.
declare module 'gltf-validator' {
  interface Message {
    readonly code: string;
    /** 0 is an error. */
    readonly severity: number;
    readonly message: string;
    readonly pointer?: string;
  }
  interface Validator {
    validateBytes(
      bytes: Uint8Array,
      options?: { readonly maxIssues?: number },
    ): Promise<{ readonly issues: { readonly messages: readonly Message[] } }>;
  }
  const validator: Validator;
  // biome-ignore lint/style/noDefaultExport: it is how the package exports itself.
  export default validator;
}
