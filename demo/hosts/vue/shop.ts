import type { Shop } from '../shared/shop.js';

export const shop: Shop = {
  name: 'Rosteriet',
  pages: ['Orders', 'Beans', 'Tastings'],
  orders: [
    {
      number: 'R-512',
      conversationId: 'cv_nora',
      customer: {
        id: 'ct_nora',
        name: 'Nora Jensen',
        email: 'nora@jensen.example',
        phone: '+47 405 55 012',
        language: 'nb',
        timeZone: 'Europe/Oslo',
        points: 96,
      },
      placed: '21 November',
      state: 'Packed',
      lines: [
        { product: 'Sidamo, whole beans, 1 kg', quantity: 2, price: 32 },
        { product: 'Paper filters, 100', quantity: 1, price: 6 },
      ],
      earlier: [
        { number: 'R-477', product: 'Huila, 500 g', price: 18 },
        { number: 'R-431', product: 'Hand grinder', price: 89 },
      ],
      talk: [
        { text: 'Which day were the beans roasted?', minutesAgo: 14 },
        { comment: '@Tomás Moreno which batch went into this box?', minutesAgo: 12 },
        { text: 'And could you grind one of the bags for a French press?', minutesAgo: 5 },
      ],
    },
    {
      number: 'R-509',
      conversationId: 'cv_ilja',
      customer: {
        id: 'ct_ilja',
        name: 'Ilja Petrov',
        email: 'ilja@petrov.example',
        timeZone: 'Europe/Riga',
        points: 31,
      },
      placed: '20 November',
      state: 'On its way',
      lines: [{ product: 'Office blend, 5 kg', quantity: 1, price: 119 }],
      earlier: [{ number: 'R-468', product: 'Office blend, 5 kg', price: 119 }],
      talk: [
        { text: 'The sender writes that nobody was at the office.', minutesAgo: 52 },
        { text: 'We are here until six today.', minutesAgo: 50 },
      ],
    },
    {
      number: 'R-495',
      conversationId: 'cv_carmen',
      customer: {
        id: 'ct_carmen',
        name: 'Carmen Vidal',
        email: 'carmen@vidal.example',
        timeZone: 'Europe/Madrid',
        points: 64,
      },
      placed: '15 November',
      state: 'Returned',
      lines: [{ product: 'Gooseneck kettle', quantity: 1, price: 74 }],
      earlier: [],
      talk: [
        { text: 'The kettle leaks at the handle, so I have returned it.', minutesAgo: 240 },
        { text: 'Take your time!', minutesAgo: 221 },
      ],
    },
  ],
};
