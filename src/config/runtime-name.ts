/** What a runtime may be called: results are files of that name. */
export const RUNTIME_NAME = /^[\w.-]+$/;
