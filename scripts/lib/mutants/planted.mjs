/** @type {{ name: string, file: string, find: string, put: string, test: { part: string, file: string } }[]} */
export const PLANTED = [];
