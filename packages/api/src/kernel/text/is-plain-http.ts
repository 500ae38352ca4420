/** Whether an address is reached without TLS: its scheme may be written in capitals. @param url one that can be read */
export const isPlainHttp = (url: string): boolean => new URL(url).protocol === 'http:';
