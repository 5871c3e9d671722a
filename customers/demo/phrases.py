"""What customers write and staff answer, by language; short and plain."""

# (subject, what the customer asks, what the shop answers)
CONVERSATIONS = {
    "en": (
        (
            "Where is my parcel?",
            "I ordered last week and nothing has arrived yet.",
            "It left our store today, you will have it tomorrow.",
        ),
        (
            "Wrong size",
            "The case does not fit my player. Can I change it?",
            "Of course. Please send it back within 14 days.",
        ),
        (
            "Invoice",
            "Could you send the invoice to my company, please?",
            "It is on its way to you by e-mail.",
        ),
    ),
    "fr": (
        (
            "Où est mon colis ?",
            "J'ai commandé la semaine dernière et rien n'est arrivé.",
            "Il est parti aujourd'hui, vous l'aurez demain.",
        ),
        (
            "Mauvaise taille",
            "L'étui ne va pas avec mon baladeur. Puis-je l'échanger ?",
            "Bien sûr, renvoyez-le sous 14 jours.",
        ),
        (
            "Facture",
            "Pourriez-vous m'envoyer la facture au nom de ma société ?",
            "Elle vous arrive par e-mail.",
        ),
    ),
    "pl": (
        (
            "Gdzie jest moja paczka?",
            "Zamówiłem w zeszłym tygodniu i nic jeszcze nie przyszło.",
            "Wysłaliśmy ją dzisiaj, jutro będzie u Pana.",
        ),
        (
            "Zły rozmiar",
            "Etui nie pasuje. Czy mogę je wymienić?",
            "Oczywiście, prosimy odesłać w ciągu 14 dni.",
        ),
        ("Faktura", "Proszę o fakturę na firmę.", "Wysłaliśmy ją e-mailem."),
    ),
    "ro": (
        (
            "Unde este coletul meu?",
            "Am comandat săptămâna trecută și încă nu a ajuns nimic.",
            "A plecat astăzi, ajunge mâine.",
        ),
        (
            "Mărime greșită",
            "Husa nu se potrivește. O pot schimba?",
            "Desigur, trimiteți-o înapoi în 14 zile.",
        ),
        ("Factură", "Îmi puteți trimite factura pe firmă?", "V-am trimis-o prin e-mail."),
    ),
}
# What stands before the subject of an answer, by language.
REPLY = {"en": "Re: %s", "fr": "Re : %s", "pl": "Odp.: %s", "ro": "Re: %s"}
# template -> subject by language
MAILS = {
    "account": {"en": "Welcome!", "fr": "Bienvenue !", "pl": "Witamy!", "ro": "Bun venit!"},
    "newsletter": {
        "en": "News of this month",
        "fr": "Les nouveautés du mois",
        "pl": "Nowości miesiąca",
        "ro": "Noutățile lunii",
    },
    "order_conf": {
        "en": "Order confirmation",
        "fr": "Confirmation de commande",
        "pl": "Potwierdzenie zamówienia",
        "ro": "Confirmarea comenzii",
    },
    "password": {
        "en": "Your new password",
        "fr": "Votre nouveau mot de passe",
        "pl": "Nowe hasło",
        "ro": "Parola nouă",
    },
}
NOTES = (
    "Prefers to be called in the morning.",
    "Asked for the catalogue on paper.",
    "Pays late, but always pays.",
    "Rappeler avant Noël.",
    "Woli kontakt e-mailem.",
    "A cerut reducere la următoarea comandă.",
)
TASKS = (
    ("call", "Call about the open invoice"),
    ("mail", "Send the new price list"),
    ("meeting", "Visit at the spring fair"),
    ("offer", "Offer for 50 players"),
    ("other", "Check the delivery address"),
)
