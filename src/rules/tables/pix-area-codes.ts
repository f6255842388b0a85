/** The 67 Brazilian area codes (Anatel, Plano Geral de Códigos Nacionais; read 2026-11-20). */
export const PIX_AREA_CODE = /^(?:[14689][1-9]|2[12478]|3[1-578]|5[1345]|7[134579])$/;
