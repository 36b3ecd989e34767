"""A newspaper's own offers, calls and notes in German, French, Spanish, Ukrainian and Russian are no news."""

from __future__ import annotations

import pytest

from briefing.stages.clean.boilerplate import hit

FURNITURE = """
Ohne Abo lesen? Testen Sie das Blatt zwei Wochen lang kostenlos. Das Angebot endet von selbst.
Testen Sie jetzt vier Wochen lang unser Digital-Abo.
Jetzt 4 Wochen gratis testen und unbegrenzt weiterlesen
Dieser Artikel ist nur für Abonnenten zugänglich.
Die Hafenpost ist jetzt auch bei WhatsApp: Hier abonnieren
Lesedauer: 2 Minuten
Auf unserer Website nutzen wir Cookies, um Ihnen den besten Service zu bieten.
Weitere Details finden Sie in unserer Datenschutzerklärung.
Nous utilisons des cookies pour améliorer votre expérience.
Utilizamos cookies propias y de terceros.
Ми використовуємо файли cookie, щоб покращити сайт.
Мы используем файлы cookie.
Fehler gefunden? Jetzt melden.
Folgen Sie uns auf Mastodon und Instagram
Die wichtigsten Nachrichten des Tages in unserem Newsletter, jeden Morgen per E-Mail
Abonnez-vous pour 1 euro le premier mois, sans engagement.
Cet article est réservé aux abonnés de la Gazette.
Recevez chaque matin notre newsletter gratuite
Temps de lecture : 3 minutes
Vous avez repéré une erreur ? Écrivez-nous.
Suscríbete a nuestro boletín y recibe cada mañana las noticias de Valmora
Este contenido es exclusivo para suscriptores
Si ya eres suscriptor, inicia sesión
Únete a nuestro canal de WhatsApp
Lectura: 4 min
Підписуйтесь на наш канал у Telegram
Читайте нас у Facebook та Google News
Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter
Цей матеріал доступний лише передплатникам
Автор: Іван Гай
Час читання: 3 хв
Подписывайтесь на наш Telegram-канал
Следите за нашими новостями в Telegram и на YouTube
Если вы заметили ошибку, выделите её и нажмите Ctrl+Enter
Время чтения: 3 минуты
"""
NEWS = """
Das Gericht verbot Cookies ohne Zustimmung der Nutzer.
Nähere Angaben zum Datenschutz machte die Firma nicht.
La CNIL a infligé une amende pour des cookies déposés sans accord.
Die Zeitung verkauft seit Montag ein Abo für Studenten zum halben Preis.
Kunden können das Abo jederzeit kündigen, entschied das Gericht in Halvern.
Jetzt muss der Stadtrat über die Brücke entscheiden, sagte der Bürgermeister.
Mit dem Abo für Bus und Bahn fahren Schüler in Norvane ab Mai umsonst.
Folgen sie dem Rat der Ärzte, sinkt die Zahl der Kranken.
Sie haben bereits ein Konto im Ausland eröffnet, teilte die Bank mit.
Les abonnés du théâtre ont reçu leurs billets lundi.
La hausse de l’abonnement aux transports sera votée mardi.
Découvrez-la, a dit le maire en montrant la salle restaurée.
Los suscriptores de la biblioteca podrán leer gratis desde mayo.
El ayuntamiento ofrece un año de transporte gratis a los estudiantes.
Підписники каналу мерії поскаржилися на затори.
Міністр підписав угоду про новий канал між річками.
Міська рада підтримала проєкт нового мосту.
Министр подписал соглашение о новом канале между реками.
Подписчики газеты получат номер во вторник.
Автор романа получил премию города.
"""


@pytest.mark.parametrize("line", FURNITURE.strip().split("\n"))
def test_what_a_page_says_of_itself_is_no_news(line: str) -> None:
    assert hit(line)


@pytest.mark.parametrize("line", NEWS.strip().split("\n"))
def test_news_on_subscribers_and_channels_stays(line: str) -> None:
    assert hit(line) is None
