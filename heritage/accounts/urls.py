"""Addresses of accounts: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.accounts.views.passwords import (
    PasswordForgottenView,
    PasswordNewView,
    password_changed,
    password_message_sent,
)
from heritage.accounts.views.sessions import LoginView, LogoutView
from heritage.core.languages import route

root: list[URLPattern | URLResolver] = []
public: list[URLPattern | URLResolver] = [
    path(route("tai-khoan/dang-nhap/", en="account/log-in/"), LoginView.as_view(), name="login"),
    path(route("tai-khoan/dang-xuat/", en="account/log-out/"), LogoutView.as_view(), name="logout"),
    path(
        route("tai-khoan/quen-mat-khau/", en="account/password-forgotten/"),
        PasswordForgottenView.as_view(),
        name="password_forgotten",
    ),
    path(
        route("tai-khoan/quen-mat-khau/da-gui/", en="account/password-forgotten/sent/"),
        password_message_sent,
        name="password_message_sent",
    ),
    path(
        route("tai-khoan/mat-khau-moi/<uidb64>/<token>/", en="account/new-password/<uidb64>/<token>/"),
        PasswordNewView.as_view(),
        name="password_new",
    ),
    path(
        route("tai-khoan/mat-khau-moi/da-doi/", en="account/new-password/done/"),
        password_changed,
        name="password_changed",
    ),
]
