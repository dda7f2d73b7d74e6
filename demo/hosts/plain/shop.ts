import type { Shop } from '../shared/shop.js';

export const shop: Shop = {
  name: 'fjordcykel',
  pages: ['Orders', 'Stock', 'Workshop'],
  orders: [
    {
      number: '20881',
      conversationId: 'cv_maja',
      customer: {
        id: 'ct_maja',
        name: 'Maja Lindqvist',
        email: 'maja@lindqvist.example',
        phone: '+46 70 555 01 21',
        language: 'sv',
        timeZone: 'Europe/Stockholm',
        points: 1240,
      },
      placed: '21 November',
      state: 'Packed',
      lines: [
        { product: 'Blue Roadster 52', quantity: 1, price: 890 },
        { product: 'Brass bell', quantity: 2, price: 24 },
      ],
      earlier: [
        { number: '19402', product: 'Front basket', price: 39 },
        { number: '18177', product: 'Rain cape', price: 64 },
      ],
      talk: [
        { text: 'Hi! Can I still add a second bell to my order?', minutesAgo: 6 },
        { comment: '@Tomás Moreno leave the box open, please.', minutesAgo: 4 },
        { text: 'Lovely, the brass one please', minutesAgo: 2 },
      ],
    },
    {
      number: '20874',
      conversationId: 'cv_paula',
      customer: {
        id: 'ct_paula',
        name: 'Paula Brandt',
        email: 'paula@brandt.example',
        timeZone: 'Europe/Berlin',
        points: 860,
      },
      placed: '19 November',
      state: 'On its way',
      lines: [{ product: 'Harbour Step 48', quantity: 1, price: 790 }],
      earlier: [{ number: '20110', product: 'Dynamo lamp', price: 58 }],
      talk: [
        { text: 'The parcel service says it stands in Hamburg since Friday.', minutesAgo: 34 },
        { text: 'Will it be here before the weekend?', minutesAgo: 9 },
      ],
    },
    {
      number: '20859',
      conversationId: 'cv_omar',
      customer: {
        id: 'ct_omar',
        name: 'Omar Haddad',
        email: 'omar@haddad.example',
        timeZone: 'Europe/Paris',
        points: 119,
      },
      placed: '16 November',
      state: 'Returned',
      lines: [{ product: 'Leather saddle', quantity: 1, price: 119 }],
      earlier: [],
      talk: [
        { text: 'The saddle came back to you on Monday. When is it refunded?', minutesAgo: 95 },
        { text: 'Thank you!', minutesAgo: 87 },
      ],
    },
  ],
};
