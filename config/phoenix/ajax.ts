/** The one thing that a socket takes from Phoenix's requests: its address. */
export default {
  appendParams(url: string, params: Record<string, string>): string {
    const query = new URLSearchParams(params).toString();
    return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
  },
};
